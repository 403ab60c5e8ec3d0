import multiprocessing

from torch.utils.data import DataLoader

multiprocessing.set_start_method("forkserver")

if __name__ == "__main__":
    for batch in DataLoader(list(range(8)), batch_size=2, num_workers=1):
        print(batch)
