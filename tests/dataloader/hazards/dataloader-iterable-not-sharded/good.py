from torch.utils.data import DataLoader, IterableDataset, get_worker_info


class Stream(IterableDataset):
    def __iter__(self):
        worker = get_worker_info()
        first, step = (worker.id, worker.num_workers) if worker else (0, 1)
        return iter(range(first, 8, step))


if __name__ == "__main__":
    values = [int(value) for batch in DataLoader(Stream(), num_workers=2) for value in batch]
    assert sorted(values) == list(range(8)), values
