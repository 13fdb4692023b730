"""Train on binary cross-entropy and watch the mean squared error of the same probabilities, in PyTorch.

    python examples/bce_mse_torch.py

needs no files: the data are scikit-learn's breast cancer measurements (malignant or benign).
"""

import torch
from sklearn.datasets import load_breast_cancer
from torch import nn

EPOCHS = 200
BATCH = 32
RATE = 0.003
TRAIN = 400  # of 569 patients

Examples = tuple[torch.Tensor, torch.Tensor]


def load(seed: int = 0) -> tuple[Examples, Examples]:
    """Return standardized measurements and labels 0 or 1 as a column, for training and for testing."""
    measurements, labels = load_breast_cancer(return_X_y=True)
    order = torch.randperm(len(labels), generator=torch.Generator().manual_seed(seed))
    x = torch.tensor(measurements, dtype=torch.float32)[order]
    y = torch.tensor(labels, dtype=torch.float32)[order, None]
    x = (x - x[:TRAIN].mean(dim=0)) / x[:TRAIN].std(dim=0)
    return (x[:TRAIN], y[:TRAIN]), (x[TRAIN:], y[TRAIN:])


def build() -> nn.Sequential:
    """Return an untrained network with one logit."""
    return nn.Sequential(nn.Linear(30, 64), nn.ReLU(), nn.Linear(64, 1))


def train_epoch(model: nn.Module, data: Examples, optimizer: torch.optim.Optimizer) -> tuple[float, float]:
    """Train on the BCE of shuffled batches; return the means of BCE and MSE over all the examples."""
    x, y = data
    bce = mse = 0.0
    model.train()
    for rows in torch.split(torch.randperm(len(x)), BATCH):
        logits = model(x[rows])
        loss = nn.functional.binary_cross_entropy_with_logits(logits, y[rows])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
        optimizer.step()
        with torch.no_grad():
            squared = nn.functional.mse_loss(logits.sigmoid(), y[rows])
        bce += loss.item() * len(rows)
        mse += squared.item() * len(rows)
    return bce / len(x), mse / len(x)


@torch.no_grad()
def evaluate(model: nn.Module, data: Examples) -> tuple[float, float]:
    """Return the mean BCE and the mean squared error of the probabilities."""
    x, y = data
    model.eval()
    logits = model(x)
    bce = nn.functional.binary_cross_entropy_with_logits(logits, y)
    return bce.item(), nn.functional.mse_loss(logits.sigmoid(), y).item()


def main() -> None:
    """Train and print both measures, for training and test data, every 20 epochs."""
    torch.manual_seed(0)
    train, test = load()
    model = build()
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    for epoch in range(1, EPOCHS + 1):
        bce, mse = train_epoch(model, train, optimizer)
        if epoch % 20 == 0:
            test_bce, test_mse = evaluate(model, test)
            print(f"epoch {epoch:3}: train BCE {bce:.4f} MSE {mse:.4f}", end=", ")
            print(f"test BCE {test_bce:.4f} MSE {test_mse:.4f}")


if __name__ == "__main__":
    main()
