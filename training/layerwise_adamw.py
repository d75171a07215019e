"""AdamW with a rate for each layer: the new head learns fast, the pretrained body slowly, its first layers slowest."""

import re

import keras
import tensorflow as tf

HEAD = "logits"


class LayerwiseAdamW(keras.optimizers.AdamW):
    """`learning_rate` is the last body layer's; the head has `head_factor` times it, each block `decay`."""

    def __init__(self, blocks: int, head_factor: float, decay: float, **options: object) -> None:
        super().__init__(**options)
        self._blocks = blocks
        self._head_factor = head_factor
        self._decay = decay

    def _factor(self, path: str) -> float:
        layer = path.split("/")[0]
        if layer == HEAD:
            return self._head_factor
        block = re.match(r"blocks_(\d+)_", layer)
        if block:
            return self._decay ** (self._blocks - 1 - int(block.group(1)))
        return self._decay**self._blocks if layer in ("conv_stem", "bn0") else 1.0

    def build(self, variables: list[keras.Variable]) -> None:
        super().build(variables)
        # The steps below are handed TensorFlow's own variables, which no longer know their layer.
        self._factors = {self._var_key(variable): self._factor(variable.path) for variable in variables}

    def update_step(self, gradient: tf.Tensor, variable: tf.Variable, learning_rate: tf.Tensor) -> None:
        super().update_step(gradient, variable, learning_rate * self._factors[self._var_key(variable)])
