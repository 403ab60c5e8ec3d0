from torch.utils.data import DataLoader, IterableDataset


class Stream(IterableDataset):
    def __iter__(self):
        return iter(range(8))


if __name__ == "__main__":
    values = [int(value) for batch in DataLoader(Stream(), num_workers=2) for value in batch]
    assert sorted(values) == list(range(8)), values
