namespace Lethe.Torch;

/// <summary>A number beside a tensor in an operation. Whole numbers do not turn integer tensors into floating ones.</summary>
public readonly struct Scalar
{
    private Scalar(double value, int integral)
    {
        Value = value;
        Integral = integral;
    }

    internal double Value { get; }

    internal int Integral { get; }

    /// <summary>Takes a whole number; exact up to 2^53 in magnitude.</summary>
    public static implicit operator Scalar(int value) => new(value, 1);

    /// <summary>Takes a whole number; exact up to 2^53 in magnitude.</summary>
    public static implicit operator Scalar(long value) => new(value, 1);

    /// <summary>Takes a floating number.</summary>
    public static implicit operator Scalar(float value) => new(value, 0);

    /// <summary>Takes a floating number.</summary>
    public static implicit operator Scalar(double value) => new(value, 0);
}
