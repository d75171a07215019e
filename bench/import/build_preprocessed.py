"""Builds families of keras.applications with random weights, each with its pixels scaled in several ways, and writes as
FOLDER/FAMILY/: photos (*.png), WAY.FORMAT for each way, and answers.json, what Keras says of the photos under each.

    python build_preprocessed.py [FOLDER FAMILY ...] [--formats keras,tflite]

prints the names of all families where no folder is given. Batch norms get the statistics of what they see of the photos, and
the last layer is made so that photos have labels of their own: a wrong scale then changes labels.
"""

import argparse
import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from build_family import draw_photos

SIZE = 80
LABELS = 5
PHOTOS = 16
# What the first label must lead by, in logits whose deviation is about 2, for a photo to count.
LEAD = 0.2
# Converting takes longest, and what matters of it is what the converter makes of the first arithmetic.
AS_TFLITE = ("inside", "bare-inside", "imagenet-inside")

applications = keras.applications
# The smallest of each module and way of scaling, by what its preprocess_input does: nothing, where the body does it.
FAMILIES = {
    "MobileNet": (applications.mobilenet, {"alpha": 0.25}),
    "MobileNetV2": (applications.mobilenet_v2, {"alpha": 0.35}),
    "MobileNetV3Small": (applications.mobilenet_v3, {}),
    "MobileNetV3Large": (applications.mobilenet_v3, {}),
    "EfficientNetB0": (applications.efficientnet, {}),
    "EfficientNetV2B0": (applications.efficientnet_v2, {}),
    "EfficientNetV2S": (applications.efficientnet_v2, {}),
    "NASNetMobile": (applications.nasnet, {}),
    "DenseNet121": (applications.densenet, {}),
    "ResNet50": (applications.resnet, {}),
    "ResNet50V2": (applications.resnet_v2, {}),
    "InceptionV3": (applications.inception_v3, {}),
    "InceptionResNetV2": (applications.inception_resnet_v2, {}),
    "Xception": (applications.xception, {}),
    "ConvNeXtTiny": (applications.convnext, {}),
    "VGG16": (applications.vgg16, {}),
    "VGG19": (applications.vgg19, {}),
}
SCALES_ITSELF = ("MobileNetV3", "EfficientNetV2", "ConvNeXt")


def by_255(pixels):
    return pixels / 255.0


def rescale_by_255(pixels):
    return keras.layers.Rescaling(1 / 255)(pixels)


def identity(pixels):
    return pixels


def groups_of(family):
    """For each body: whether it is made without its own scaling, what it is to be given, and its ways: a name, what is done
    inside the model, and what outside."""
    module, _ = FAMILIES[family]
    own = module.preprocess_input
    yield False, own, [
        ("inside", own, identity),
        ("resized-inside", lambda pixels: own(keras.layers.Resizing(SIZE, SIZE)(pixels)), identity),
        ("outside", identity, own),
    ]
    if family.startswith(SCALES_ITSELF):
        scale, offset = scale_of_body(family)
        scaled = lambda pixels: pixels * np.float32(scale) + np.float32(offset)  # noqa: E731
        rescaling = lambda pixels: keras.layers.Rescaling(scale, offset)(pixels)  # noqa: E731
        yield True, scaled, [("bare-inside", rescaling, identity), ("bare-outside", identity, scaled)]
    elif family.startswith("EfficientNet"):
        yield False, identity, [("imagenet-inside", identity, identity)]
    else:
        yield False, by_255, [("255-inside", rescale_by_255, identity), ("255-outside", identity, by_255)]


def scale_of_body(family):
    """What the body itself would do to its pixels."""
    if family.startswith("MobileNetV3"):
        return 1 / 127.5, -1.0
    if family == "EfficientNetV2S":
        return 1 / 128, -1.0
    mean, deviation = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    return (1 / (255 * deviation)).tolist(), (-mean / deviation).tolist()


def make_body(family, is_bare, tensor=None, weights=None):
    _, parameters = FAMILIES[family]
    if family.startswith(SCALES_ITSELF):
        parameters = {**parameters, "include_preprocessing": not is_bare}
    where = {"input_tensor": tensor} if tensor is not None else {"input_shape": (SIZE, SIZE, 3)}
    return getattr(applications, family)(weights=weights, include_top=False, **where, **parameters)


def make_efficientnet_as_published():
    """With the layer that only published weights bring along, but not with the weights: nothing is downloaded."""
    from keras.src.applications import efficientnet

    fetch, load = efficientnet.file_utils.get_file, keras.Model.load_weights
    efficientnet.file_utils.get_file, keras.Model.load_weights = lambda *_, **__: "", lambda *_, **__: None
    try:
        body = make_body("EfficientNetB0", False, weights="imagenet")
    finally:
        efficientnet.file_utils.get_file, keras.Model.load_weights = fetch, load
    normalisation = next(layer for layer in body.layers if type(layer).__name__ == "Normalization")
    shape = normalisation.get_weights()[0].shape
    means, variances = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    normalisation.set_weights([np.reshape(means, shape), np.reshape(variances, shape), *normalisation.get_weights()[2:]])
    normalisation.finalize_state()
    return body


def teach_statistics(body, given, random):
    """Gives batch norms factors and terms of their own, then the statistics of what they see."""
    norms = [layer for layer in body.layers if isinstance(layer, keras.layers.BatchNormalization)]
    for layer in norms:
        layer.momentum = 0.0
    for variable in body.trainable_variables:
        name, shape = variable.path.split("/")[-1], tuple(variable.shape)
        if name == "gamma":
            # ConvNeXt's factors begin at a millionth, which would hide whatever they multiply.
            centre = 0.2 if "layer_scale" in variable.path else 1.0
            variable.assign(centre * random.uniform(0.8, 1.2, shape))
        elif name in ("beta", "bias"):
            variable.assign(random.normal(0, 0.1, shape))
    body(given, training=True)
    for layer in norms:
        layer.momentum = 0.99


def make_head(features, random):
    """Weights of a last layer in the directions in which photos differ, so that no label takes them all."""
    centred = features - features.mean(axis=0)
    directions = np.linalg.svd(centred, full_matrices=False)[2][:LABELS].T
    scores = centred @ directions
    kernel = directions / scores.std(axis=0) @ random.normal(0, 1, (LABELS, LABELS))
    return [kernel, -features.mean(axis=0) @ kernel]


def assemble(body, inside, head):
    inputs = keras.Input((SIZE, SIZE, 3))
    x = keras.layers.GlobalAveragePooling2D()(body(inside(inputs), training=False))
    last = keras.layers.Dense(LABELS, activation="softmax")
    model = keras.Model(inputs, last(x))
    last.set_weights(head)
    return model


def assemble_in_one(family, body, inside, head):
    """The same, the body made on what `inside` returns."""
    inputs = keras.Input((SIZE, SIZE, 3))
    flat = make_body(family, False, tensor=inside(inputs))
    flat.set_weights(body.get_weights())
    x = keras.layers.GlobalAveragePooling2D()(flat.output)
    last = keras.layers.Dense(LABELS, activation="softmax")
    model = keras.Model(inputs, last(x))
    last.set_weights(head)
    return model


def answer(model, values):
    logits = np.log(np.maximum(np.asarray(model(values, training=False)), 1e-30))
    first, second = np.sort(logits, axis=-1)[:, ::-1][:, :2].T
    return logits.argmax(axis=-1), first - second > LEAD


OTHERS = {
    "none": identity,
    "255": by_255,
    "tf": lambda pixels: pixels / 127.5 - 1,
    "torch": lambda pixels: applications.imagenet_utils.preprocess_input(pixels.copy(), mode="torch"),
    "caffe": lambda pixels: applications.imagenet_utils.preprocess_input(pixels.copy(), mode="caffe"),
}


def save(model, path, formats):
    if "keras" in formats:
        model.save(f"{path}.keras")
    if "h5" in formats:
        model.save(f"{path}.h5", include_optimizer=False)
    if "tflite" in formats:
        import tensorflow as tf

        Path(f"{path}.tflite").write_bytes(tf.lite.TFLiteConverter.from_keras_model(model).convert())


def write(family, folder, formats):
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(11)
    tints = random.uniform(-0.5, 0.5, (PHOTOS, 1, 1, 3))
    shapes = np.concatenate([draw_photos(random, SIZE, SIZE) for _ in range(3)])[:PHOTOS]
    photos = np.clip((shapes * 0.6 + tints + 1) * 127.5, 0, 255).round().astype(np.uint8)
    for at, photo in enumerate(photos):
        Image.fromarray(photo).save(folder / f"{at:02}.png")
    answers = {}
    pixels = photos.astype(np.float32)
    for is_bare, scale, ways in groups_of(family):
        keras.utils.set_random_seed(7)
        is_published = ways[0][0] == "imagenet-inside"
        body = make_efficientnet_as_published() if is_published else make_body(family, is_bare)
        given = np.asarray(scale(pixels.copy()), np.float32)
        teach_statistics(body, given, random)
        features = keras.layers.GlobalAveragePooling2D()(body(given, training=False))
        head = make_head(np.asarray(features, np.float64), random)
        for name, inside, outside in ways:
            model = assemble(body, inside, head)
            answers[name] = judge(model, pixels, outside)
            save(model, folder / name, formats if name in AS_TFLITE else [one for one in formats if one != "tflite"])
            if name == "inside" and not family.startswith(("EfficientNet", *SCALES_ITSELF)):
                answers["inside-in-one"] = answers["inside"]
                save(assemble_in_one(family, body, inside, head), folder / "inside-in-one", ["keras"])
        keras.backend.clear_session()
    (folder / "answers.json").write_text(json.dumps(answers))


def judge(model, pixels, outside):
    """Keras's labels, None where two are about as likely, and which share of them other scales would keep."""
    labels, is_clear = answer(model, outside(pixels.copy()))
    others = [answer(model, other(pixels.copy()))[0] for other in OTHERS.values()]
    shares = [float((other == labels)[is_clear].mean()) for other in others]
    return {
        "labels": [int(label) if clear else None for label, clear in zip(labels, is_clear)],
        # A share of 1 is that of the right way itself.
        "otherScales": [share for share in shares if share < 1],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("families", nargs="*", metavar="family")
    parser.add_argument("--formats", default="keras,tflite")
    options = parser.parse_args()
    if options.folder is None:
        print("\n".join(FAMILIES))
    for family in options.families:
        write(family, options.folder / family, options.formats.split(","))


if __name__ == "__main__":
    main()
