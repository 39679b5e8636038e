"""Export the default model to ONNX, once. Run as a process of its own, so that torch leaves with it.

python -m ingest.onnx_export MODEL_FOLDER OUTPUT_FILE
"""

import sys
from pathlib import Path
from typing import Any

#: Part of the exported file's name: raise it when the export below changes.
EXPORTER_VERSION = "2"
OPSET = 17
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "token_vectors"


def export(model_folder: Path, output: Path) -> None:
    """Write a graph from word pieces to token vectors (batch, pieces, dimension), batch and length open."""
    import torch
    from transformers import AutoModel

    # Eager attention is plain matrix products; the fused kernels do not trace into opset 17.
    model = AutoModel.from_pretrained(
        str(model_folder), attn_implementation="eager", local_files_only=True, use_safetensors=True
    ).eval()

    class TokenVectors(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            outputs = self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids)
            return outputs.last_hidden_state

    example = torch.ones((2, 16), dtype=torch.long)
    dynamic = {name: {0: "batch", 1: "pieces"} for name in (*INPUTS, OUTPUT)}
    with torch.no_grad():
        torch.onnx.export(
            TokenVectors(),
            (example, example, torch.zeros_like(example)),
            str(output),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes=dynamic,
            opset_version=OPSET,
            dynamo=False,
        )


if __name__ == "__main__":
    export(Path(sys.argv[1]), Path(sys.argv[2]))
