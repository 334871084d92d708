using System.Globalization;
using System.Runtime.InteropServices;

namespace Lethe.Training.Datasets;

/// <summary>Sums and squares for each channel; images are counted in 256 bins, which is exact.</summary>
internal sealed class ChannelMoments(int channels, int plane, bool image)
{
    private readonly long[] _bins = new long[image ? channels * 256 : 0];
    private readonly double[] _sum = new double[channels];
    private readonly double[] _squares = new double[channels];
    private readonly double[] _shift = [.. Enumerable.Repeat(double.NaN, channels)];
    private long _count;

    public bool InUnitRange { get; private set; } = !image;

    /// <param name="samples">Whole samples, channel by channel.</param>
    public void Add(byte[] samples)
    {
        ReadOnlySpan<float> floats = image ? [] : MemoryMarshal.Cast<byte, float>(samples);
        int values = image ? samples.Length : floats.Length;
        for (int start = 0; start < values; start += plane)
        {
            int channel = start / plane % channels;
            if (image) Count(samples.AsSpan(start, plane), channel);
            else Sum(floats.Slice(start, plane), channel);
        }
        _count += values / channels;
    }

    private void Count(ReadOnlySpan<byte> values, int channel)
    {
        Span<long> bins = _bins.AsSpan(channel * 256, 256);
        foreach (byte value in values) bins[value]++;
    }

    private void Sum(ReadOnlySpan<float> values, int channel)
    {
        if (double.IsNaN(_shift[channel])) _shift[channel] = values[0];
        foreach (float value in values)
        {
            double centred = value - _shift[channel];
            _sum[channel] += centred;
            _squares[channel] += centred * centred;
            if (value is < 0 or > 1) InUnitRange = false;
        }
    }

    public Normalization ToNormalization()
    {
        var mean = new float[channels];
        var std = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            (double m, double variance) = image ? OfBins(c) : (_shift[c] + _sum[c] / _count, _squares[c] / _count - Math.Pow(_sum[c] / _count, 2));
            (mean[c], std[c]) = (Round(m), Round(Math.Sqrt(Math.Max(0, variance))));
            if (!(std[c] > 0)) std[c] = 1;
        }
        return new Normalization(mean, std);
    }

    private (double Mean, double Variance) OfBins(int channel)
    {
        double sum = 0, squares = 0;
        for (int value = 0; value < 256; value++)
        {
            double unit = value / 255.0;
            sum += _bins[channel * 256 + value] * unit;
            squares += _bins[channel * 256 + value] * unit * unit;
        }
        return (sum / _count, squares / _count - Math.Pow(sum / _count, 2));
    }

    /// <summary>Three decimals; four digits where that would leave too little.</summary>
    private static float Round(double value) => Math.Abs(value) >= 0.01
        ? (float)Math.Round(value, 3)
        : float.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
