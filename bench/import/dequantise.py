"""A quantised .tflite file as one of real numbers: the same graph, whole numbers written as what they stand for."""

import numpy as np
from tensorflow.lite.python import schema_py_generated as schema
from tensorflow.lite.tools import flatbuffer_utils

STORED_TYPES = {
    schema.TensorType.INT8: np.int8,
    schema.TensorType.UINT8: np.uint8,
    schema.TensorType.INT32: np.int32,
    schema.TensorType.FLOAT16: np.float16,
}
CONVERSIONS = (schema.BuiltinOperator.QUANTIZE, schema.BuiltinOperator.DEQUANTIZE)


def dequantise(content: bytes) -> bytes:
    """By TensorFlow's own reader and writer of the format, so that it shares no code with the importer it checks."""
    model = flatbuffer_utils.convert_bytearray_to_object(bytearray(content))
    (graph,) = model.subgraphs
    for tensor in graph.tensors:
        is_quantised = tensor.quantization is not None and tensor.quantization.scale is not None
        if not is_quantised and tensor.type != schema.TensorType.FLOAT16:
            continue
        stored = model.buffers[tensor.buffer].data
        if stored is not None:
            model.buffers.append(schema.BufferT())
            model.buffers[-1].data = np.frombuffer(_real_values(tensor, bytes(stored)).tobytes(), np.uint8)
            tensor.buffer = len(model.buffers) - 1
        tensor.type = schema.TensorType.FLOAT32
        tensor.quantization = None
    _drop_conversions(model, graph)
    return bytes(flatbuffer_utils.convert_object_to_bytearray(model))


def _real_values(tensor: schema.TensorT, stored: bytes) -> np.ndarray:
    values = np.frombuffer(stored, STORED_TYPES[tensor.type]).reshape(tensor.shape)
    if tensor.type == schema.TensorType.FLOAT16:
        return values.astype(np.float32)
    quantization = tensor.quantization
    shape = np.ones(values.ndim, int)
    if len(quantization.scale) > 1:
        shape[quantization.quantizedDimension] = -1
    zero = np.asarray(quantization.zeroPoint, np.float64).reshape(shape)
    scale = np.asarray(quantization.scale, np.float64).reshape(shape)
    return ((values - zero) * scale).astype(np.float32)


def _drop_conversions(model: schema.ModelT, graph: schema.SubGraphT) -> None:
    """Where everything is a real number, an operator that only changes the type does nothing."""
    codes = [max(code.builtinCode, code.deprecatedBuiltinCode) for code in model.operatorCodes]
    same_as: dict[int, int] = {}
    kept = []
    for operator in graph.operators:
        operator.inputs = [same_as.get(number, number) for number in operator.inputs]
        if codes[operator.opcodeIndex] in CONVERSIONS:
            same_as[operator.outputs[0]] = operator.inputs[0]
        else:
            kept.append(operator)
    graph.operators = kept
    graph.outputs = [same_as.get(number, number) for number in graph.outputs]
    for signature in model.signatureDefs or []:
        for output in signature.outputs:
            output.tensorIndex = same_as.get(output.tensorIndex, output.tensorIndex)
