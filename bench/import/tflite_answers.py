"""Keras models as .tflite files of each kind, and what LiteRT, the interpreter of such files, answers with them."""

import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

# As TensorFlow's guide to post-training quantisation has them.
KINDS = ("float32", "float16", "dynamic", "integer")


def convert(model: keras.Model, kind: str, photos: np.ndarray) -> bytes:
    """`photos`, one at a time, tell a full-integer model what ranges its activations take."""
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    if kind != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if kind == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if kind == "integer":
        converter.representative_dataset = lambda: ([photo[None]] for photo in photos)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter.convert()


def answer(content: bytes, photos: np.ndarray) -> np.ndarray:
    """(photos, labels) real numbers, whatever type the model takes and gives."""
    interpreter = Interpreter(model_content=content)
    (source,), (result,) = interpreter.get_input_details(), interpreter.get_output_details()
    # A model may leave the size of its photos open.
    interpreter.resize_tensor_input(source["index"], (1, *photos.shape[1:]))
    interpreter.allocate_tensors()
    answers = []
    for photo in photos:
        interpreter.set_tensor(source["index"], _to_stored(photo[None], source))
        interpreter.invoke()
        answers.append(_to_real(interpreter.get_tensor(result["index"])[0], result))
    return np.array(answers, np.float32)


def _to_stored(values: np.ndarray, tensor: dict) -> np.ndarray:
    if tensor["dtype"] == np.float32:
        return values
    scale, zero = tensor["quantization"]
    limits = np.iinfo(tensor["dtype"])
    return np.clip(np.round(values / scale + zero), limits.min, limits.max).astype(tensor["dtype"])


def _to_real(values: np.ndarray, tensor: dict) -> np.ndarray:
    if tensor["dtype"] == np.float32:
        return values
    scale, zero = tensor["quantization"]
    return (values.astype(np.float64) - zero) * scale
