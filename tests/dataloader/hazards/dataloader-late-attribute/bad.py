from torch.utils.data import DataLoader

loader = DataLoader(list(range(8)))
loader.batch_size = 4
