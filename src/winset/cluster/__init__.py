"""Many documents at once, over the machines of a cluster, by Dask."""
