from torch.utils.data import DataLoader

loader = DataLoader(list(range(8)), num_workers=1, multiprocessing_context="spawn")
