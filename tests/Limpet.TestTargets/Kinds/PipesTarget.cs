using System.IO.Pipes;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation makes an anonymous pipe. Leaky: it stays, held by a list; 2 descriptors. Fixed: 0.</summary>
internal sealed class PipesTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<AnonymousPipeServerStream> s_pipes = [];
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        if (Leaky)
        {
            s_pipes.Add(pipe);
        }
        else
        {
            pipe.DisposeLocalCopyOfClientHandle();
            pipe.Dispose();
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.DescriptorsOf("pipe:");

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    protected override long Measured() => OwnProcess.DescriptorsOf("pipe:") - _before;
}
