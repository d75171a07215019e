"""What a model itself answers, for photos that this program draws: writes parity.json.

Run it where the model was trained, or in a virtual environment with numpy and keras and a backend of it, or onnxruntime for
an .onnx file (and Pillow where the card resizes with antialiasing):

    python reference.py my.keras --card model/mine/card.json --preprocess mine.py:prepare --out parity.json

mine.py holds your own preprocessing: a function that is given a photo and returns what you give the model for it. --preprocess
gives it the photo as an array (height, width, 3) of bytes, --preprocess-file the path of a PNG file. Only so can a wrong pixel
scale be seen: without either, this program makes the input as the card says, right or wrong. What the function returns is an
array or a tensor of the card's height and width, channels last or first, by itself or as a batch of one. For torchvision:

    from PIL import Image
    from my_transforms import way

    def prepare(photo):
        return way(Image.fromarray(photo))

    python reference.py my.onnx --card model/mine/card.json --out parity.json

With --torch module:factory it is the PyTorch module that the call of that factory returns which answers, in the place of
the .onnx file that was made of it.

The photos and the way from photo to input are those of model/parity/parity-photo.ts and model/fit/, in the same arithmetic.
"""

import argparse
import importlib.util
import json
import math
import os
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np

DISCS = 12
SAMPLES_PER_PHOTO = 24
PILLOW_FILTERS = {"bilinear-antialias": "BILINEAR", "bicubic-antialias": "BICUBIC", "lanczos": "LANCZOS"}

RECIPES = [
    {"kind": "gradient", "width": 97, "height": 61, "seed": 1},
    {"kind": "gradient", "width": 400, "height": 534, "seed": 2},
    {"kind": "stripes", "width": 224, "height": 224, "seed": 3},
    {"kind": "stripes", "width": 61, "height": 97, "seed": 4},
    {"kind": "discs", "width": 534, "height": 400, "seed": 5},
    {"kind": "discs", "width": 224, "height": 224, "seed": 6},
    {"kind": "noise", "width": 97, "height": 61, "seed": 7},
    {"kind": "noise", "width": 300, "height": 301, "seed": 8},
    {"kind": "garment", "width": 400, "height": 534, "seed": 9},
    {"kind": "garment", "width": 224, "height": 224, "seed": 10},
]


def byte_source(seed):
    """The top byte of each state of a linear congruential generator modulo 2^32."""
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state >> 24


def draw_photo(recipe):
    """(height, width, 3) bytes, the same as drawParityPhoto makes."""
    painters = {
        "gradient": draw_gradient,
        "stripes": draw_stripes,
        "discs": draw_discs,
        "noise": draw_noise,
        "garment": draw_garment,
    }
    y, x = np.mgrid[0 : recipe["height"], 0 : recipe["width"]]
    photo = painters[recipe["kind"]](x, y, recipe, byte_source(recipe["seed"]))
    return photo.astype(np.uint8)


def colour(source):
    return np.array([next(source) for _ in range(3)])


def draw_gradient(x, y, recipe, _source):
    right, bottom = max(1, recipe["width"] - 1), max(1, recipe["height"] - 1)
    return np.stack([255 * x // right, 255 * y // bottom, (x + y + recipe["seed"] % 256) % 256], axis=-1)


def draw_stripes(x, y, recipe, source):
    colours = np.stack([colour(source) for _ in range(3)])
    return colours[(x + y) // (3 + recipe["seed"] % 13) % 3]


def draw_discs(x, y, recipe, source):
    width, height = recipe["width"], recipe["height"]
    photo = np.broadcast_to(colour(source), (height, width, 3)).copy()
    for _ in range(DISCS):
        paint = colour(source)
        centre_x, centre_y = next(source) * width // 256, next(source) * height // 256
        radius = 1 + next(source) * min(width, height) // 1024
        photo[(x - centre_x) ** 2 + (y - centre_y) ** 2 <= radius**2] = paint
    return photo


def draw_noise(_x, _y, recipe, source):
    count = recipe["width"] * recipe["height"] * 3
    values = np.fromiter((next(source) for _ in range(count)), np.uint8, count)
    return values.reshape(recipe["height"], recipe["width"], 3)


def draw_garment(x, y, recipe, source):
    ground, cloth = 192 + colour(source) // 4, colour(source)
    across, down = x * 1000 // recipe["width"], y * 1000 // recipe["height"]
    sideways = abs(across - 500)
    neck = (across - 500) ** 2 + (down - 120) ** 2 <= 80**2
    body = (sideways <= 220) & (down >= 120) & (down <= 900)
    sleeve = (sideways <= 420) & (down >= 120) & (down <= 300 + (420 - sideways) // 4)
    return np.where(((body | sleeve) & ~neck)[..., None], cloth, ground)


def to_input(photo, card):
    """(height, width, channels) floats: what the card makes of a photo."""
    if card["channels"] == "grey":
        red, green, blue = (photo[..., channel].astype(np.int64) for channel in range(3))
        photo = ((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16).astype(np.uint8)[..., None]
    resized = resize_first(photo, card) if resizes_first(card) else resize_last(photo, card)
    if card["channels"] == "bgr":
        resized = resized[..., ::-1]
    return (resized * np.asarray(card["scale"], np.float64) + np.asarray(card["offset"], np.float64)).astype(np.float32)


def resizes_first(card):
    return card["fit"] == "border" or "resizeTo" in card


def resize_last(photo, card):
    if card["fit"] == "pillow-fit":
        from PIL import ImageOps

        return from_picture(ImageOps.fit(to_picture(photo), (card["width"], card["height"]), filter_of(card["resize"])))
    return resize(place(photo, card), card["width"], card["height"], card["resize"])


def resize_first(photo, card):
    """The whole photo resized, then its centre, as torchvision and timm do; what is beyond it is padding."""
    height, width = photo.shape[:2]
    side, fit = card.get("resizeTo"), card["fit"]
    if fit == "border":
        ratio = max(height / (side or card["height"]), width / (side or card["width"]))
        size = [max(1, round(width / ratio)), max(1, round(height / ratio))]
    elif fit == "stretch":
        size = [side, side]
    else:
        longer = max(1, int(side * max(width, height) / min(width, height)))
        size = [side, longer] if width <= height else [longer, side]
    resized = resize(photo, *size, card["resize"])
    fill = border_colour(card, photo.shape[-1]) if fit == "border" else np.zeros(photo.shape[-1])
    shown = np.broadcast_to(fill, (card["height"], card["width"], photo.shape[-1])).astype(resized.dtype)
    rows, from_rows = centre(size[1], card["height"])
    columns, from_columns = centre(size[0], card["width"])
    shown[rows, columns] = resized[from_rows, from_columns]
    return shown


def centre(size, target):
    """Where of the target the resized axis lies, and which part of it that is."""
    if size < target:
        before = (target - size) // 2
        return slice(before, before + size), slice(0, size)
    first = round((size - target) / 2.0)
    return slice(0, target), slice(first, first + target)


def border_colour(card, channels):
    """The colour that the model takes for zero."""
    scale, offset = (np.broadcast_to(np.asarray(card[key], np.float64), channels) for key in ("scale", "offset"))
    colour = np.clip(np.floor(-offset / scale + 0.5), 0, 255)
    return colour[::-1] if card["channels"] == "bgr" else colour


def place(photo, card):
    """Crops or pads to the input's proportions as Keras's image resizing does, its single precision included."""
    height, width = photo.shape[:2]
    proportional_height = int(np.float32(width * card["height"]) / np.float32(card["width"]))
    proportional_width = int(np.float32(height * card["width"]) / np.float32(card["height"]))
    if card["fit"] == "center-crop":
        rows, columns = max(1, min(height, proportional_height)), max(1, min(width, proportional_width))
        top, left = (height - rows) // 2, (width - columns) // 2
        return photo[top : top + rows, left : left + columns]
    if card["fit"] == "letterbox":
        above = (max(height, proportional_height) - height) // 2
        aside = (max(width, proportional_width) - width) // 2
        return np.pad(photo, ((above, above), (aside, aside), (0, 0)))
    return photo


def resize(photo, width, height, mode):
    if mode in PILLOW_FILTERS:
        return from_picture(to_picture(photo).resize((width, height), filter_of(mode)))
    pick = pick_nearest if mode == "nearest" else pick_bilinear
    return pick(pick(photo.astype(np.float32), height, 0), width, 1)


def to_picture(photo):
    from PIL import Image

    return Image.fromarray(photo[..., 0] if photo.shape[-1] == 1 else photo)


def from_picture(picture):
    values = np.asarray(picture)
    return values[..., None] if values.ndim == 2 else values


def filter_of(mode):
    from PIL import Image

    return Image.Resampling[PILLOW_FILTERS[mode]]


def source_positions(source_size, target_size):
    """Half-pixel centres in single precision, as TensorFlow computes them."""
    scale = np.float32(source_size) / np.float32(target_size)
    return (np.arange(target_size, dtype=np.float32) + np.float32(0.5)) * scale


def pick_nearest(photo, size, axis):
    positions = np.floor(source_positions(photo.shape[axis], size)).astype(int)
    return np.take(photo, np.minimum(positions, photo.shape[axis] - 1), axis)


def pick_bilinear(photo, size, axis):
    positions = source_positions(photo.shape[axis], size) - np.float32(0.5)
    lower = np.floor(positions)
    share = (positions - lower).reshape([-1 if at == axis else 1 for at in range(photo.ndim)])
    first = np.take(photo, np.maximum(lower, 0).astype(int), axis)
    second = np.take(photo, np.minimum(np.ceil(positions), photo.shape[axis] - 1).astype(int), axis)
    return first + (second - first) * share


def sample_values(values):
    """Some of the input's values with their flat positions, spread over all of it."""
    flat = values.reshape(-1)
    step = max(1, flat.size // SAMPLES_PER_PHOTO)
    # A step that shares no divisor with the channels visits all of them.
    step += 1 if step % values.shape[-1] == 0 else 0
    return [[at, float(flat[at])] for at in range(0, flat.size, step)]


def load_function(place):
    """The function of `file.py:name`."""
    path, _, name = place.rpartition(":")
    if not path.endswith(".py") or not name:
        raise SystemExit(f"{place} is not FILE.py:FUNCTION.")
    if not os.path.isfile(path):
        raise SystemExit(f"{path} is not a file, seen from {os.getcwd()}.")
    # What it imports may lie beside it; Python itself looks beside this program only.
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))
    module_name = os.path.basename(path).removesuffix(".py")
    specification = importlib.util.spec_from_file_location(module_name, path)
    module = importlib.util.module_from_spec(specification)
    sys.modules[module_name] = module
    specification.loader.exec_module(module)
    return function_of(module, name, path)


def function_of(module, name, place):
    function = getattr(module, name, None)
    if not callable(function):
        raise SystemExit(f"{place} has no function {name}.")
    return function


def of_file(prepare):
    """`prepare`, which takes the path of a photo, as a function of its pixels."""

    def prepare_pixels(photo):
        from PIL import Image

        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "photo.png")
            Image.fromarray(photo).save(path)
            return to_floats(prepare(path))

    return prepare_pixels


def to_floats(values):
    """An array of what the owner's function returns, of which numpy warns or fails where it is a tensor of PyTorch."""
    if hasattr(values, "detach"):
        values = values.detach().cpu().float().numpy()
    try:
        return np.array(values, np.float32)
    except (TypeError, ValueError):
        raise SystemExit(f"Your preprocessing returns a {type(values).__name__}, not an array of numbers.") from None


def prepare_by(prepare, card):
    """What the owner's function makes of a photo, in whichever order: (height, width, channels) floats."""
    height, width, channels = wanted = (card["height"], card["width"], 1 if card["channels"] == "grey" else 3)

    def to_values(photo):
        returned = to_floats(prepare(photo))
        values = returned[0] if returned.ndim == 4 and len(returned) == 1 else returned
        if values.shape == wanted:
            return values
        if values.shape == (channels, height, width):
            return np.ascontiguousarray(values.transpose(1, 2, 0))
        if values.shape == (height, width) and channels == 1:
            return values[..., None]
        raise SystemExit(
            f"Your preprocessing returns an array of {returned.shape}; the card's photo is {wanted}, or {(channels, height, width)}."
        )

    return to_values


def activate(scores, kind):
    return 1 / (1 + np.exp(-scores)) if kind else scores


def answer_photos(predict, to_values, activation):
    photos = []
    for recipe in RECIPES:
        values = to_values(draw_photo(recipe))
        scores = activate(np.asarray(predict(values[None])).astype(np.float64).reshape(-1), activation)
        if not all(math.isfinite(score) for score in scores):
            raise SystemExit(f"The model's answer for {recipe} is not finite.")
        name = f"{recipe['kind']}-{recipe['width']}x{recipe['height']}"
        photos.append(
            {
                "name": name,
                "recipe": recipe,
                "scores": [float(np.float32(score)) for score in scores],
                "input": {"samples": sample_values(values)},
            }
        )
    return photos


def load_onnx(path, output):
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    taken = session.get_inputs()[0]
    types = {"tensor(float16)": np.float16, "tensor(double)": np.float64, "tensor(uint8)": np.uint8}
    named = [output] if output else [session.get_outputs()[0].name]

    def predict(batch):
        first = channels_first(taken.shape)
        values = np.ascontiguousarray(batch.transpose(0, 3, 1, 2)) if first else batch
        return session.run(named, {taken.name: values.astype(types.get(taken.type, np.float32))})[0]

    return f"onnxruntime {onnxruntime.__version__}", predict


def channels_first(shape):
    """Whether [batch, channels, height, width] is meant; the axis of the channels is 1 or 3 long."""
    return shape[1] in (1, 3) or shape[3] not in (1, 3)


def load_torch(name):
    import importlib

    import torch

    module, _, factory = name.partition(":")
    if not factory:
        raise SystemExit(f"{name} is not MODULE:FACTORY.")
    # Where the owner's own module lies; Python itself looks beside this program only.
    sys.path.insert(0, os.getcwd())
    model = function_of(importlib.import_module(module), factory, module)().eval()

    def predict(batch):
        with torch.no_grad():
            return model(torch.from_numpy(np.ascontiguousarray(batch.transpose(0, 3, 1, 2)))).numpy()

    return f"torch {torch.__version__}", predict


def load_predict(path, output=None):
    if path.endswith(".onnx"):
        return load_onnx(path, output)
    import keras

    model = keras.models.load_model(path, compile=False)
    return f"keras {keras.__version__} ({keras.backend.backend()})", lambda batch: model(batch, training=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help=".keras, .h5 or .onnx file")
    parser.add_argument("--card", required=True, help="card.json that lambda-lens import wrote")
    parser.add_argument("--preprocess", metavar="FILE.py:FUNCTION", help="your own: given an array of bytes (height, width, 3)")
    parser.add_argument("--preprocess-file", metavar="FILE.py:FUNCTION", help="your own: given the path of a PNG file")
    parser.add_argument("--output-activation", choices=["sigmoid", "sigmoid-each"], help="as given to lambda-lens import")
    parser.add_argument("--out", default="parity.json")
    parser.add_argument("--output", help="the output of an .onnx file that has several")
    parser.add_argument("--torch", metavar="module:factory", help="the PyTorch module that answers instead")
    arguments = parser.parse_args()
    with open(arguments.card, encoding="utf-8") as file:
        card = json.load(file)["input"]
    if arguments.preprocess_file:
        to_values = prepare_by(of_file(load_function(arguments.preprocess_file)), card)
    elif arguments.preprocess:
        to_values = prepare_by(load_function(arguments.preprocess), card)
    else:
        to_values = lambda photo: to_input(photo, card)  # noqa: E731
    made_with, predict = load_torch(arguments.torch) if arguments.torch else load_predict(arguments.model, arguments.output)
    parity = {
        "format": 1,
        "madeWith": made_with,
        "pixels": "own" if arguments.preprocess or arguments.preprocess_file else "card",
        "photos": answer_photos(predict, to_values, arguments.output_activation),
    }
    with open(arguments.out, "w", encoding="utf-8") as file:
        json.dump(parity, file, indent=1)
        file.write("\n")
    print(f"{arguments.out}: {len(parity['photos'])} photos answered by {made_with}")


if __name__ == "__main__":
    try:
        main()
    except ImportError as error:
        sys.exit(f"{error}, says {sys.executable}. Run this in the environment of the training, or install what is missing.")
