from torch.utils.data import DataLoader

train = DataLoader(list(range(8)), num_workers=8, persistent_workers=True)
validate = DataLoader(list(range(8)), num_workers=8, persistent_workers=True)
