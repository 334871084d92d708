namespace Lethe.Verification;

/// <summary>Top-1 accuracy of predictions, in total and by class.</summary>
public static class ClassAccuracy
{
    /// <summary>Share of records whose predicted class is their label; NaN without records.</summary>
    /// <param name="predictions">(N) predicted classes.</param>
    /// <param name="labels">(N) true classes.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Total(ReadOnlySpan<int> predictions, ReadOnlySpan<int> labels)
    {
        RequireSameLength(predictions.Length, labels.Length);
        var hits = 0;
        for (var i = 0; i < labels.Length; i++) if (predictions[i] == labels[i]) hits++;
        return labels.IsEmpty ? double.NaN : (double)hits / labels.Length;
    }

    /// <summary>Accuracy of each class; NaN for a class without records.</summary>
    /// <param name="predictions">(N) predicted classes.</param>
    /// <param name="labels">(N) true classes in [0, <paramref name="classes"/>).</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double[] ByClass(ReadOnlySpan<int> predictions, ReadOnlySpan<int> labels, int classes)
    {
        RequireSameLength(predictions.Length, labels.Length);
        var hits = new double[classes];
        var counts = new int[classes];
        for (var i = 0; i < labels.Length; i++)
        {
            counts[labels[i]]++;
            if (predictions[i] == labels[i]) hits[labels[i]]++;
        }
        for (var c = 0; c < classes; c++) hits[c] = counts[c] == 0 ? double.NaN : hits[c] / counts[c];
        return hits;
    }

    /// <summary>Accuracy over the records whose label is (or is not) one of the given classes.</summary>
    /// <param name="predictions">(N) predicted classes.</param>
    /// <param name="labels">(N) true classes.</param>
    /// <param name="chosen">The classes, for example those that were forgotten.</param>
    /// <param name="inside">True: records of these classes; false: all others.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Restricted(ReadOnlySpan<int> predictions, ReadOnlySpan<int> labels, IReadOnlySet<int> chosen, bool inside)
    {
        RequireSameLength(predictions.Length, labels.Length);
        int hits = 0, count = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (chosen.Contains(labels[i]) != inside) continue;
            count++;
            if (predictions[i] == labels[i]) hits++;
        }
        return count == 0 ? double.NaN : (double)hits / count;
    }

    internal static void RequireSameLength(int left, int right)
    {
        if (left != right) throw new ArgumentException($"Two results of the same records are needed; one has {left} records, the other {right}.");
    }
}
