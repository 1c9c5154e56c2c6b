using System.Globalization;
using System.Runtime.CompilerServices;
using Polly;
using Polly.Registry;
using Polly.Retry;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Calls to suppliers go through a resilience pipeline from a registry. The key should be the supplier; it is supplier and order, and
/// the registry keeps the pipeline of each key: 1 ResiliencePipeline per operation.
/// </summary>
/// <remarks><code>
/// SupplierGateway ─_pipelines→ ResiliencePipelineRegistry&lt;string&gt;
///     ─_pipelines→ ConcurrentDictionary&lt;string, ResiliencePipeline&gt; ─→ ResiliencePipeline
/// </code></remarks>
internal sealed class SupplierCalls : HardLeak
{
    private readonly SupplierGateway _gateway = new();

    public override Truth Truth => Truth.Leak(
        "SupplierGateway takes a pipeline under a new key for every order, and ResiliencePipelineRegistry keeps them all.",
        "Polly 8.9.1",
        FindingTruth.Entries(typeof(ResiliencePipeline).FullName!, 1, "SupplierGateway", "ResiliencePipelineRegistry", "_pipelines"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_gateway.Order(supplier: number % 12, order: number));
}

internal sealed class SupplierGateway
{
    private readonly ResiliencePipelineRegistry<string> _pipelines = new();
    private int _placed;

    public ResiliencePipeline Order(int supplier, int order)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"supplier-{supplier}/order-{order}");
        ResiliencePipeline pipeline = _pipelines.GetOrAddPipeline(key, static builder => builder.AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2 }));
        pipeline.Execute(() => _placed++);
        return pipeline;
    }
}
