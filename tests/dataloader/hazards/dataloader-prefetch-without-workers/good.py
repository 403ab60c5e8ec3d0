from torch.utils.data import DataLoader

workers = 0
loader = DataLoader(list(range(8)), num_workers=workers, prefetch_factor=4 if workers else None)
