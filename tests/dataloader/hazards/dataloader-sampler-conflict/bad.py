from torch.utils.data import DataLoader, RandomSampler

dataset = list(range(8))
loader = DataLoader(dataset, shuffle=True, sampler=RandomSampler(dataset))
