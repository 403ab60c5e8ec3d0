from torch.utils.data import DataLoader, RandomSampler

dataset = list(range(8))
loader = DataLoader(dataset, shuffle=False, sampler=RandomSampler(dataset))
