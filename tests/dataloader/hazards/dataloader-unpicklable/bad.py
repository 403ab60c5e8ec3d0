import torch
from torch.utils.data import DataLoader, TensorDataset


def main():
    dataset = TensorDataset(torch.arange(8))
    loader = DataLoader(dataset, batch_size=2, num_workers=1, collate_fn=lambda rows: torch.stack([r[0] for r in rows]))
    for batch in loader:
        print(batch)


if __name__ == "__main__":
    main()
