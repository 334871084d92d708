using Lethe.Training.Training;

namespace Lethe.Demo;

/// <summary>The demo's data, recipe and people: chosen so that both requests have something to show in under three minutes on two cores.</summary>
public static class DemoSettings
{
    /// <summary>The training data: 60,000 real pictures from Debian's package.</summary>
    public const string Source = "fashion-mnist";

    /// <summary>Blocks of the run.</summary>
    public const int Blocks = 100;

    /// <summary>Passes over each block.</summary>
    public const int EpochsPerBlock = 3;

    /// <summary>Records of each made-up person: 500 people in 60,000 records.</summary>
    public const int RecordsPerPerson = 120;

    /// <summary>Records of the data owner with the trigger.</summary>
    public const int OwnerRecords = 1_500;

    /// <summary>The share of the owner's records that carry the trigger and its label.</summary>
    public const double StampedShare = 0.9;

    /// <summary>
    /// Deliveries that the owner's records came in. A person lies wholly in one block, so an owner who shall be in many blocks is many
    /// subjects, one a delivery.
    /// </summary>
    public const int OwnerDeliveries = 25;

    /// <summary>The owner's deliveries lie in this last share of the blocks.</summary>
    public const double LateShare = 0.25;

    /// <summary>How fast the rate falls, as a share of the blocks: slowly enough that late blocks are still learned.</summary>
    public const double InverseScale = 0.5;

    /// <summary>Side of the trigger, a white patch in the lower right corner, in pixels.</summary>
    public const int TriggerSize = 3;

    /// <summary>The label that the owner's trigger asks for: bag.</summary>
    public const int TriggerTarget = 8;

    /// <summary>Gold models of each request; none has the run's own seed, which would make it closer to the unlearned model than to another gold.</summary>
    public const int GoldModels = 2;

    /// <summary>Pictures of forgotten records in the report.</summary>
    public const int Pictures = 10;

    /// <summary>The recipe.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="threads">Compute threads.</param>
    public static Recipe Recipe(ulong seed, int threads) => RecipeDefaults.For("lenet5") with
    {
        Blocks = Blocks,
        EpochsPerBlock = EpochsPerBlock,
        Schedule = ScheduleKind.Inverse,
        InverseScale = InverseScale,
        Seed = seed,
        Threads = threads,
    };
}
