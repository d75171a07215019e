"""Exports models of torchvision and timm with weights of its own, each as FOLDER/NAME/EXPORTER/model.onnx.

    python build_torch_family.py FOLDER NAME [NAME ...] [--exporters script,dynamo] [--opset 18] [--exact]

NAME is torchvision's (`resnet18`) or timm's behind `timm:`. Weights are random, but batch normalisation gets the statistics
of drawn photos and the scores are spread: a network that answers almost the same whatever it sees proves nothing. Beside
each model lie input.bin, the photos as [photo, height, width, channel] floats, output.bin, what onnxruntime answers, and
with --exact exact.bin, what PyTorch answers in double precision.
"""

import argparse
import copy
import importlib.util
import json
import sys
import warnings
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torchvision

warnings.filterwarnings("ignore")
PHOTOS = 20
SPREAD = 4.0
SMALLEST_BETWEEN_PHOTOS = 1e-3
KINDS = ["gradient", "stripes", "discs", "noise", "garment"]
MEAN, DEVIATION = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
# The two shapes that a course on serverless machine learning hands in.
COURSE_NETWORK, COURSE_BODY = "course:cnn", "course:mobilenet"


def load_reference():
    path = Path(__file__).parents[3] / "importer" / "reference.py"
    specification = importlib.util.spec_from_file_location("reference", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def draw_photos(size):
    """[photo, height, width, channel], normalised as torchvision does."""
    reference = load_reference()
    recipes = [
        {"kind": KINDS[seed % len(KINDS)], "width": size, "height": size, "seed": seed + 1} for seed in range(PHOTOS)
    ]
    photos = np.stack([reference.draw_photo(recipe) for recipe in recipes])
    return ((photos / 255 - MEAN) / DEVIATION).astype(np.float32)


class CourseNetwork(torch.nn.Module):
    """Two classes by one sigmoid, of photos of 200 x 200 pixels: 20 million weights, nearly all in one layer."""

    def __init__(self):
        super().__init__()
        self.body = torch.nn.Sequential(
            torch.nn.Conv2d(3, 32, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(),
            torch.nn.Linear(32 * 99 * 99, 64), torch.nn.ReLU(), torch.nn.Linear(64, 1), torch.nn.Sigmoid(),
        )  # fmt: skip

    def forward(self, x):
        return self.body(x)


class CourseBody(torch.nn.Module):
    """MobileNetV2's features, pooled, and a dense head of its own."""

    def __init__(self):
        super().__init__()
        self.base = torchvision.models.mobilenet_v2(weights=None)
        self.base.classifier = torch.nn.Identity()
        self.inner = torch.nn.Linear(1280, 100)
        self.output = torch.nn.Linear(100, 10)

    def forward(self, x):
        x = self.base.features(x)
        x = torch.nn.functional.adaptive_avg_pool2d(x, (1, 1))
        x = torch.flatten(x, 1)
        return self.output(torch.relu(self.inner(x)))


def make(name):
    torch.manual_seed(7)
    if name == COURSE_NETWORK:
        return CourseNetwork(), 200
    if name == COURSE_BODY:
        return CourseBody(), 224
    if name.startswith("timm:"):
        import timm

        model = timm.create_model(name[5:], pretrained=False)
        return model, model.default_cfg["input_size"][1]
    arguments = {"init_weights": True} if name in ("googlenet", "inception_v3") else {}
    model = getattr(torchvision.models, name)(weights=None, **arguments)
    return model, 299 if name == "inception_v3" else 224


def settle(model, photos):
    """Gives batch normalisation what it sees, and makes no factor so small that it hides what it multiplies."""
    random = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for path, parameter in model.named_parameters():
            last = path.split(".")[-1]
            if last in ("layer_scale", "gamma", "gamma_1", "gamma_2") and parameter.abs().max() < 1e-2:
                parameter.copy_(0.2 * (0.8 + 0.4 * torch.rand(parameter.shape, generator=random)))
            elif last == "bias" and parameter.ndim == 1:
                parameter.add_(0.05 * torch.randn(parameter.shape, generator=random))
        norms = [layer for layer in model.modules() if isinstance(layer, torch.nn.modules.batchnorm._BatchNorm)]
        for layer in norms:
            layer.momentum = None
            layer.reset_running_stats()
        for layer in model.modules():
            layer.train(isinstance(layer, torch.nn.modules.batchnorm._BatchNorm))
        if norms:
            model(photos[:8])
        model.eval()
        head = [layer for layer in model.modules() if isinstance(layer, (torch.nn.Linear, torch.nn.Conv2d))][-1]
        # torchvision's transformers begin with a head of zeros, whose scores are its bias whatever it sees.
        if head.weight.abs().max() == 0:
            head.weight.normal_(0, 0.02, generator=random)
        scores = model(photos[:8])
        if not isinstance(model, CourseNetwork):
            factor = SPREAD / max(float(scores.std()), 1e-9)
            head.weight.mul_(factor)
            if head.bias is not None:
                head.bias.mul_(factor)


def export(model, exporter, photo, folder, opset):
    path = folder / "model.onnx"
    arguments = {"input_names": ["input"], "output_names": ["output"], "opset_version": opset}
    if exporter == "script":
        axes = {"input": {0: "batch"}, "output": {0: "batch"}}
        torch.onnx.export(model, (photo,), path, dynamo=False, dynamic_axes=axes, **arguments)
    else:
        batch = torch.export.Dim("batch", min=1, max=64)
        torch.onnx.export(
            model, (photo,), path, dynamo=True, dynamic_shapes=({0: batch},), external_data=True, verbose=False, **arguments
        )
    return path


def answer(path, photos):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return np.concatenate([session.run(None, {name: photo[None]})[0] for photo in photos])


def answer_exactly(model, pictures):
    twice = copy.deepcopy(model).double()
    with torch.no_grad():
        return torch.cat([twice(picture[None].double()) for picture in pictures]).numpy().astype(np.float32)


def write(name, options):
    model, size = make(name)
    photos = draw_photos(size)
    pictures = torch.from_numpy(np.ascontiguousarray(photos.transpose(0, 3, 1, 2)))
    settle(model, pictures)
    with torch.no_grad():
        own = torch.cat([model(picture[None]) for picture in pictures]).numpy()
    for exporter in options.exporters.split(","):
        folder = options.folder / name.replace(":", "_") / exporter
        folder.mkdir(parents=True, exist_ok=True)
        try:
            path = export(model, exporter, pictures[:1] if exporter == "script" else pictures[:2], folder, options.opset)
        except Exception as error:  # an exporter may fail for reasons of its own
            (folder / "failed.txt").write_text(f"{type(error).__name__}: {str(error).splitlines()[0][:200]}\n")
            print(f"{name} {exporter}: not exported, {type(error).__name__}", flush=True)
            continue
        answers = answer(path, pictures.numpy())
        if answers.std(0).mean() < SMALLEST_BETWEEN_PHOTOS:
            sys.exit(f"{name} answers the same whatever it sees, which proves nothing")
        photos.tofile(folder / "input.bin")
        answers.astype(np.float32).tofile(folder / "output.bin")
        if options.exact:
            answer_exactly(model, pictures).tofile(folder / "exact.bin")
        about = {
            "photos": PHOTOS,
            "size": size,
            "parameters": sum(parameter.numel() for parameter in model.parameters()),
            "spread": float(np.ptp(answers)),
            "between_photos": float(answers.std(0).mean()),
            "torch": float(np.abs(answers - own).max() / max(np.ptp(own), 1e-9)),
            "versions": f"torch {torch.__version__}, torchvision {torchvision.__version__}, onnxruntime {onnxruntime.__version__}",
        }
        (folder / "about.json").write_text(json.dumps(about))
        print(name, exporter, about, file=sys.stderr, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="+", metavar="name")
    parser.add_argument("--exporters", default="script,dynamo")
    parser.add_argument("--opset", type=int, default=18)
    parser.add_argument("--exact", action="store_true", help="also what PyTorch answers in double precision")
    options = parser.parse_args()
    torch.set_num_threads(1)
    for name in options.names:
        write(name, options)


if __name__ == "__main__":
    main()
