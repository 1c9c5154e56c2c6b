using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Text;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Drawings are handed to a converter through a pipe. A job closes the end that it writes to, so that the converter sees the end of the
/// drawing, and is kept for the history of the day with the other end open: 1 pipe descriptor, in a ConversionJob, per operation.
/// </summary>
/// <remarks><code>
/// ConversionDesk ─_history→ SortedDictionary&lt;int, ConversionJob&gt; ─→ … ─→ ConversionJob ─_output→ AnonymousPipeClientStream
///     ─→ SafePipeHandle ┄→ descriptor "pipe:[…]"
/// </code></remarks>
internal sealed class ConversionJobs : HardLeak
{
    private readonly ConversionDesk _desk = new();

    public override Truth Truth => Truth.Leak(
        "Every ConversionJob in ConversionDesk._history keeps the reading end of its pipe open.",
        "own",
        FindingTruth.Resource("ResourceLeak", typeof(ConversionJob).FullName!, 1, "ConversionDesk", "_history"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _desk.Convert(number, $"M 0 0 L {number} {number}");

    protected override int CheckedOperations => 200;

    protected override double[] Measured() => [OwnProcess.DescriptorsOf("pipe:")];
}

internal sealed class ConversionJob
{
    private readonly AnonymousPipeServerStream _input = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream _output;

    public ConversionJob() => _output = new AnonymousPipeClientStream(PipeDirection.In, _input.ClientSafePipeHandle);

    public int Segments { get; private set; }

    public void Run(string drawing)
    {
        _input.Write(Encoding.ASCII.GetBytes(drawing));
        _input.Dispose();
        byte[] path = new byte[128];
        Segments = path.AsSpan(0, _output.Read(path)).Count((byte)' ') / 2;
    }
}

internal sealed class ConversionDesk
{
    private readonly SortedDictionary<int, ConversionJob> _history = [];

    public void Convert(int number, string drawing)
    {
        ConversionJob job = new();
        _history.Add(number, job);
        job.Run(drawing);
    }
}
