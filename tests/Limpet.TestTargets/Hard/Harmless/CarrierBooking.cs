using System.Runtime.CompilerServices;
using Polly;
using Polly.CircuitBreaker;
using Polly.Registry;
using Polly.Retry;
using Polly.Timeout;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Books with one of 24 carriers per operation, each by a pipeline of its own with retries, a circuit breaker and a timeout. Every third booking
/// fails at first. The registry makes a pipeline for a carrier when it is first asked for, which is every twelfth operation. A circuit breaker keeps
/// ten windows of three seconds, and so grows by time as well, for half a minute.
/// </summary>
internal sealed class CarrierBooking : HarmlessTarget
{
    private const int OperationsPerCarrier = 12;

    private readonly BookingDesk _desk = new();

    public override Truth Truth => Truth.Harmless(
        "The registry has one pipeline for each of 24 carriers, and each circuit breaker has at most ten windows, of three seconds each.", "Polly 8.9.1", "Clean", "Bounded");

    protected override double Cap => BookingDesk.Carriers;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        _desk.BookAsync(number % Math.Min(1 + (number / OperationsPerCarrier), BookingDesk.Carriers), number).AsTask().GetAwaiter().GetResult();
    }
}

internal sealed class CarrierBusyException(string message) : Exception(message);

internal sealed record CarrierSlot(string Carrier, int Booking);

internal sealed class BookingDesk
{
    public const int Carriers = 24;

    private readonly ResiliencePipelineRegistry<string> _pipelines = new();

    public async ValueTask<CarrierSlot> BookAsync(int carrier, int booking)
    {
        ResiliencePipeline<CarrierSlot> pipeline = _pipelines.GetOrAddPipeline<CarrierSlot>($"carrier {carrier}", builder => builder
            .AddRetry(new RetryStrategyOptions<CarrierSlot>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.Zero,
                ShouldHandle = new PredicateBuilder<CarrierSlot>().Handle<CarrierBusyException>(),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<CarrierSlot> { FailureRatio = 0.9, MinimumThroughput = 100 })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = TimeSpan.FromSeconds(30) }));
        Subjects.Add(pipeline);

        int attempt = 0;
        CarrierSlot slot = await pipeline.ExecuteAsync(
            async token =>
            {
                await Task.Yield();
                token.ThrowIfCancellationRequested();
                return booking % 3 == 0 && attempt++ == 0
                    ? throw new CarrierBusyException($"Carrier {carrier} is busy.")
                    : new CarrierSlot($"carrier {carrier}", booking);
            },
            CancellationToken.None);
        return slot;
    }
}
