"""Batch normalization in training and in use, in numpy alone.

    python examples/batch_norm.py

shows a layer learn its running statistics, answer in use without looking at the rest of the batch, and
be folded into the linear layer before it. The conventions are those of PyTorch's ``BatchNorm1d``: a batch
is normalized by its biased variance, while the running average takes the unbiased one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]


@dataclass
class Cache:
    """What the backward pass needs from the forward pass in training."""

    normalized: Array
    deviation: Array


class BatchNorm:
    """Normalization of each column of a batch, followed by a learned scale and shift.

    Attributes:
        gamma: The scale, learned.
        beta: The shift, learned.
        running_mean: Moving average of the batches' means; not learned, yet part of the model.
        running_variance: The same of their unbiased variances.
        momentum: The weight of the newest batch in the moving averages.
        epsilon: Added to a variance before its square root is taken.
    """

    def __init__(self, features: int, momentum: float = 0.1, epsilon: float = 1e-5) -> None:
        self.gamma: Array = np.ones(features)
        self.beta: Array = np.zeros(features)
        self.running_mean: Array = np.zeros(features)
        self.running_variance: Array = np.ones(features)
        self.momentum = momentum
        self.epsilon = epsilon

    def forward_in_training(self, x: Array) -> tuple[Array, Cache]:
        """Normalize by the batch's own statistics and update the running ones."""
        if len(x) < 2:
            raise ValueError("the variance of a single example says nothing: train on two or more")
        mean, variance = x.mean(axis=0), x.var(axis=0)
        unbiased = variance * len(x) / (len(x) - 1)
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
        self.running_variance = (1 - self.momentum) * self.running_variance + self.momentum * unbiased
        deviation = np.sqrt(variance + self.epsilon)
        normalized = (x - mean) / deviation
        return self.gamma * normalized + self.beta, Cache(normalized, deviation)

    def forward_in_use(self, x: Array) -> Array:
        """Normalize by the running statistics: each row's answer depends on that row alone."""
        deviation = np.sqrt(self.running_variance + self.epsilon)
        y: Array = self.gamma * (x - self.running_mean) / deviation + self.beta
        return y

    def backward(self, dy: Array, cache: Cache) -> tuple[Array, Array, Array]:
        """Return the gradients of the batch, of gamma and of beta.

        The two means that are taken off come from the batch's mean and variance, on which every row
        had an influence: a gradient that would only shift or stretch the whole batch is lost.
        """
        dgamma = (dy * cache.normalized).sum(axis=0)
        dbeta = dy.sum(axis=0)
        dn = dy * self.gamma
        dx = (
            dn - dn.mean(axis=0) - cache.normalized * (dn * cache.normalized).mean(axis=0)
        ) / cache.deviation
        return dx, dgamma, dbeta

    def fold(self, w: Array, b: Array) -> tuple[Array, Array]:
        """Return the weights and biases of the one linear layer that equals ``x @ w + b`` and this in use."""
        scale = self.gamma / np.sqrt(self.running_variance + self.epsilon)
        return w * scale, (b - self.running_mean) * scale + self.beta


def main() -> None:
    """Print what the layer does with batches around 5 with a standard deviation of 3."""
    rng = np.random.default_rng(0)
    w, b = rng.normal(size=(4, 2)), rng.normal(size=2)
    norm = BatchNorm(2)
    print("before training: running mean", norm.running_mean, "variance", norm.running_variance)
    for _ in range(200):
        x = 5 + 3 * rng.normal(size=(32, 4))
        norm.forward_in_training(x @ w + b)
    print("after 200 batches: running mean", norm.running_mean.round(1), end=" ")
    print("variance", norm.running_variance.round(1))
    print("true mean", (5 * w.sum(axis=0) + b).round(1), "variance", (9 * (w**2).sum(axis=0)).round(1))

    x = 5 + 3 * rng.normal(size=(32, 4))
    z = x @ w + b
    alone, together = norm.forward_in_use(z[:1]), norm.forward_in_use(z)[:1]
    print("in use, alone and in a batch:", alone.round(4), together.round(4))
    by_two, by_all = norm.forward_in_training(z[:2])[0][:1], norm.forward_in_training(z)[0][:1]
    print("in training, with 1 and with 31 others:", by_two.round(4), by_all.round(4))
    folded_w, folded_b = norm.fold(w, b)
    difference = np.abs(norm.forward_in_use(z) - (x @ folded_w + folded_b)).max()
    print(f"folded into the layer before: difference at most {difference:.0e}")


if __name__ == "__main__":
    main()
