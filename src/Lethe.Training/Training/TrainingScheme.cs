namespace Lethe.Training.Training;

/// <summary>How a run's model came about; decides what is stored on the way and which methods can serve the run.</summary>
public enum TrainingScheme
{
    /// <summary>Block after block, each from the model before it, with a checkpoint after every block.</summary>
    DeepObliviate,

    /// <summary>Ordinary training: all records in every epoch, one optimizer throughout; only the initial and the last model are kept.</summary>
    Plain,

    /// <summary>Shards × slices: one model a shard, a checkpoint after every slice, the shards' answers aggregated.</summary>
    Sisa,

    /// <summary>Trained elsewhere and imported: neither initial model nor training history are known.</summary>
    Imported,
}
