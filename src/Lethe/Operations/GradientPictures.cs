using Lethe.Reports;
using Lethe.Training.Datasets;
using Lethe.Training.Runs;
using Lethe.Training.Training;
using Lethe.Verification;

namespace Lethe.Operations;

/// <summary>Input gradients of the models over unseen records of the forgotten records' classes; never over a forgotten record.</summary>
internal static class GradientPictures
{
    private const int Shown = 4;
    private const float Dimming = 0.55f;

    /// <param name="run">The run.</param>
    /// <param name="test">Unseen records.</param>
    /// <param name="classes">Classes of the forgotten records, the most frequent first.</param>
    /// <param name="models">The models by name; one without weights is left out.</param>
    /// <returns>None where the data are no pictures, or no unseen record has such a class.</returns>
    public static IReadOnlyList<GradientRow> Of(Run run, TensorDataset? test, IReadOnlyList<int> classes, IReadOnlyList<(string Name, StateDict? State)> models)
    {
        var shape = run.Dataset.SampleShape;
        if (test is null || !test.IsImage || shape.Count != 3 || shape[0] is not (1 or 3))
            return [];
        int[] records = Choose(test, classes);
        if (records.Length == 0)
            return [];
        var known = models.Where(model => model.State is not null).Select(model => (model.Name, Maps: Maps(run, test, model.State!, records))).ToList();
        return
        [
            .. records.Select((record, i) =>
            {
                string label = test.Manifest.ClassNames[test.Manifest.Labels[record]];
                byte[] pixels = PixelLayout.Interleave(test.Pixels(record), (int)shape[0]);
                RecordPicture Picture(string name, byte[] bytes, int channels) => new(name, (int)shape[2], (int)shape[1], channels, bytes);
                return new GradientRow(
                    Picture($"{label}, unseen record", pixels, (int)shape[0]),
                    [.. known.Select(model => Picture(model.Name, Glow(pixels, (int)shape[0], model.Maps[i]), 3))]);
            }),
        ];
    }

    /// <summary>The first unseen records of the classes in turn.</summary>
    private static int[] Choose(TensorDataset test, IReadOnlyList<int> classes)
    {
        var byClass = Enumerable.Range(0, test.Count).ToLookup(record => test.Manifest.Labels[record]);
        return [.. Enumerable.Range(0, Shown).SelectMany(turn => classes.Select(label => byClass[label].Skip(turn).Take(1)).SelectMany(found => found)).Take(Shown)];
    }

    private static float[][] Maps(Run run, TensorDataset test, StateDict state, int[] records)
    {
        using var model = run.CreateModel();
        state.CopyTo(model);
        return InputGradient.Maps(model, test, run.Normalization, records);
    }

    /// <summary>The picture in dimmed grey, with warm colour where the map is strong.</summary>
    private static byte[] Glow(byte[] pixels, int channels, float[] map)
    {
        var glowing = new byte[map.Length * 3];
        for (int i = 0; i < map.Length; i++)
        {
            float grey = 0;
            for (int channel = 0; channel < channels; channel++)
                grey += pixels[i * channels + channel] * Dimming / channels;
            glowing[3 * i] = Mix(grey, 255, map[i]);
            glowing[3 * i + 1] = Mix(grey, 150, map[i]);
            glowing[3 * i + 2] = Mix(grey, 20, map[i]);
        }

        return glowing;
    }

    private static byte Mix(float grey, float colour, float strength) => (byte)Math.Clamp(grey + (colour - grey) * strength, 0, 255);
}
