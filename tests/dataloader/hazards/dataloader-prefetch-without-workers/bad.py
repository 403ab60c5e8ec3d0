from torch.utils.data import DataLoader

loader = DataLoader(list(range(8)), prefetch_factor=4)
