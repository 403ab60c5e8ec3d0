import multiprocessing

from torch.utils.data import DataLoader

if __name__ == "__main__":
    multiprocessing.set_start_method("forkserver")
    for batch in DataLoader(list(range(8)), batch_size=2, num_workers=1):
        print(batch)
