using FsCheck;
using FsCheck.Fluent;

namespace Lethe.Core.Tests;

/// <summary>Runs an FsCheck property with a fixed replay seed, so that a failure repeats.</summary>
internal static class Property
{
    public static void Holds<T>(Gen<T> inputs, Action<T> property, int tests = 100) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(20260001, 3),
            Prop.ForAll(inputs.ToArbitrary(), property));
}
