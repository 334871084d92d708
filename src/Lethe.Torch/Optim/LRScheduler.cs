using Lethe.Torch.Optim;

namespace Lethe.Torch;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedulers with TorchSharp's names over the pure functions of <see cref="Schedules"/>.</summary>
        public static class lr_scheduler
        {
            /// <summary>Sets an optimizer's learning rate to a function of the epoch.</summary>
            /// <threadsafety instance="false"/>
            public sealed class LRScheduler
            {
                private readonly Optimizer _optimizer;
                private readonly Func<long, double> _rate;
                private long _epoch;

                internal LRScheduler(Optimizer optimizer, Func<long, double> rate)
                {
                    (_optimizer, _rate) = (optimizer, rate);
                    last_epoch = 0;
                }

                /// <summary>The current epoch, from 0; setting it sets the optimizer's rate, so that training can go on from there.</summary>
                public long last_epoch
                {
                    get => _epoch;
                    set
                    {
                        ArgumentOutOfRangeException.ThrowIfNegative(value);
                        _epoch = value;
                        _optimizer.LearningRate = _rate(value);
                    }
                }

                /// <summary>Goes to the next epoch and sets its learning rate.</summary>
                public void step() => last_epoch++;

                /// <summary>Returns the learning rate of the current epoch.</summary>
                public double get_last_lr() => _rate(_epoch);
            }

            /// <summary>Multiplies the rate by <paramref name="gamma"/> every <paramref name="step_size"/> epochs.</summary>
            public static LRScheduler StepLR(Optimizer optimizer, int step_size, double gamma = 0.1)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step_size);
                return Over(optimizer, (initial, epoch) => Schedules.Step(initial, epoch, step_size, gamma));
            }

            /// <summary>Multiplies the rate by <paramref name="gamma"/> at each of the <paramref name="milestones"/>.</summary>
            public static LRScheduler MultiStepLR(Optimizer optimizer, IEnumerable<int> milestones, double gamma = 0.1)
            {
                long[] epochs = [.. milestones.Select(milestone => (long)milestone)];
                return Over(optimizer, (initial, epoch) => Schedules.MultiStep(initial, epoch, epochs, gamma));
            }

            /// <summary>Multiplies the rate by <paramref name="gamma"/> every epoch.</summary>
            public static LRScheduler ExponentialLR(Optimizer optimizer, double gamma) =>
                Over(optimizer, (initial, epoch) => Schedules.Exponential(initial, epoch, gamma));

            /// <summary>Lowers the rate to <paramref name="eta_min"/> along half a cosine wave of <paramref name="T_max"/> epochs.</summary>
            public static LRScheduler CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(T_max);
                return Over(optimizer, (initial, epoch) => Schedules.CosineAnnealing(initial, epoch, T_max, eta_min));
            }

            /// <summary>Moves the rate's factor linearly from <paramref name="start_factor"/> to <paramref name="end_factor"/> in <paramref name="total_iters"/> epochs.</summary>
            public static LRScheduler LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(total_iters);
                return Over(optimizer, (initial, epoch) => Schedules.Linear(initial, epoch, start_factor, end_factor, total_iters));
            }

            /// <summary>Sets the rate to its initial value times <paramref name="lr_lambda"/> of the epoch.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda) =>
                Over(optimizer, (initial, epoch) => initial * lr_lambda(checked((int)epoch)));

            private static LRScheduler Over(Optimizer optimizer, Func<double, long, double> schedule)
            {
                var initial = optimizer.LearningRate;
                return new LRScheduler(optimizer, epoch => schedule(initial, epoch));
            }
        }
    }
}
