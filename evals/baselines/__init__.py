"""What anybody could build in an afternoon: the plain pipelines every suite sets the system beside."""
