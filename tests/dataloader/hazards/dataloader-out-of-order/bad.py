from torch.utils.data import DataLoader

loader = DataLoader(list(range(8)), in_order=False)
