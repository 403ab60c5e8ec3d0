from multiprocessing import Pool

from torch.utils.data import DataLoader


def total(count):
    return sum(int(batch.sum()) for batch in DataLoader(list(range(count)), num_workers=1))


if __name__ == "__main__":
    with Pool(1) as pool:
        print(pool.map(total, [8]))
