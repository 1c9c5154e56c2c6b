using Limpet.Capture.Live;

namespace Limpet.Bench.Killing;

/// <summary>Captures without a pause until somebody kills this process.</summary>
internal static class CaptureLoop
{
    public static int Run(int pid)
    {
        using LiveTarget target = LiveTarget.Attach(pid);
        Console.WriteLine("capturing");
        for (; ; )
        {
            target.Capture().Graph.Dispose();
        }
    }
}
