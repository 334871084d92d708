using Lethe.Core.Errors;

namespace Lethe.Training.Datasets;

/// <summary>Refuses NaN and infinite features, which would spoil every weight they touch.</summary>
internal static class FiniteCheck
{
    public static void Require(ReadOnlySpan<float> values, int columns, string path)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new BadDataException($"{path}: record {i / columns}, value {i % columns} is {values[i]}, not a finite Float32 number. Fill in or remove the record.");
        }
    }
}
