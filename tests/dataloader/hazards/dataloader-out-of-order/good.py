from torch.utils.data import DataLoader

loader = DataLoader(list(range(8)), num_workers=2, in_order=False)
