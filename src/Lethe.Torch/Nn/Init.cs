namespace Lethe.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Fills weights in place, randomly from an explicit generator; every function returns its tensor.</summary>
        public static class init
        {
            /// <summary>Which side of a layer keeps its variance.</summary>
            public enum FanInOut
            {
                /// <summary>The forward pass.</summary>
                FanIn,

                /// <summary>The backward pass.</summary>
                FanOut,
            }

            /// <summary>The non-linearity that follows a layer.</summary>
            public enum NonlinearityType
            {
                /// <summary>None, after a linear layer.</summary>
                Linear,

                /// <summary>None, after a convolution.</summary>
                Conv2D,

                /// <summary>The logistic function.</summary>
                Sigmoid,

                /// <summary>The hyperbolic tangent.</summary>
                Tanh,

                /// <summary>The rectifier.</summary>
                ReLU,

                /// <summary>The leaky rectifier; its slope is the parameter.</summary>
                LeakyReLU,
            }

            /// <summary>Returns the recommended gain for a non-linearity.</summary>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <param name="param">The negative slope of a leaky rectifier (0.01 when null).</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double? param = null) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + Math.Pow(param ?? 0.01, 2))),
                _ => 1,
            };

            /// <summary>Returns the number of inputs and outputs that one weight of a layer connects.</summary>
            /// <param name="tensor">A weight of shape (out, in, …).</param>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var shape = tensor.shape;
                if (shape.Length < 2)
                    throw new ArgumentException("Fan in and fan out need a weight of at least two dimensions.", nameof(tensor));
                var receptive = 1L;
                foreach (var size in shape.AsSpan(2))
                    receptive *= size;
                return (shape[1] * receptive, shape[0] * receptive);
            }

            /// <summary>Draws from the uniform distribution on [<paramref name="low"/>, <paramref name="high"/>).</summary>
            public static Tensor uniform_(Tensor tensor, Generator generator, double low = 0, double high = 1)
            {
                using var noGrad = no_grad();
                tensor.uniform_(low, high, generator);
                return tensor;
            }

            /// <summary>Draws from the normal distribution with mean <paramref name="mean"/> and standard deviation <paramref name="std"/>.</summary>
            public static Tensor normal_(Tensor tensor, Generator generator, double mean = 0, double std = 1)
            {
                using var noGrad = no_grad();
                tensor.normal_(mean, std, generator);
                return tensor;
            }

            /// <summary>Sets every element to <paramref name="val"/>.</summary>
            public static Tensor constant_(Tensor tensor, double val)
            {
                using var noGrad = no_grad();
                tensor.fill_(val);
                return tensor;
            }

            /// <summary>Sets every element to one.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>Sets every element to zero.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>Draws uniformly with variance 2·gain²/(fan in + fan out) (Glorot and Bengio 2010).</summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static Tensor xavier_uniform_(Tensor tensor, Generator generator, double gain = 1)
            {
                var bound = Math.Sqrt(3) * XavierDeviation(tensor, gain);
                return uniform_(tensor, generator, -bound, bound);
            }

            /// <summary>Draws normally with variance 2·gain²/(fan in + fan out) (Glorot and Bengio 2010).</summary>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static Tensor xavier_normal_(Tensor tensor, Generator generator, double gain = 1) =>
                normal_(tensor, generator, 0, XavierDeviation(tensor, gain));

            /// <summary>Draws uniformly with variance gain²/fan (He et al. 2015).</summary>
            /// <param name="tensor">A weight of at least two dimensions.</param>
            /// <param name="generator">The source of randomness.</param>
            /// <param name="a">The negative slope when <paramref name="nonlinearity"/> is a leaky rectifier.</param>
            /// <param name="mode">Which side keeps its variance.</param>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <exception cref="ArgumentException">The tensor has fewer than two dimensions.</exception>
            public static Tensor kaiming_uniform_(
                Tensor tensor, Generator generator, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, generator, -bound, bound);
            }

            /// <summary>Draws normally with variance gain²/fan (He et al. 2015).</summary>
            /// <inheritdoc cref="kaiming_uniform_"/>
            public static Tensor kaiming_normal_(
                Tensor tensor, Generator generator, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, generator, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            private static double XavierDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }
        }
    }
}
