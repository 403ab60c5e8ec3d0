import warnings

from torch.utils.data import DataLoader

warnings.simplefilter("error")
loader = DataLoader(list(range(8)), num_workers=1)
