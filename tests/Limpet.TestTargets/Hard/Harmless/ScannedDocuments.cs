using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Reads the first bytes of a scanned document per operation to tell its format. Whoever wrote it forgot to close the file: that is left
/// to the finalizer of the handle, which does it with the next collection.
/// </summary>
internal sealed class ScannedDocuments : HarmlessTarget
{
    private readonly FormatProbe _probe = new(Environment.ProcessPath!);
    private int _before;

    public override Truth Truth => Truth.Harmless(
        "Streams are not disposed, but nothing refers to them: their descriptors are closed by the finalizers of their handles.",
        "framework", "Clean", "Delayed");

    protected override double Cap => 2;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_probe.FormatOf(number));

    protected override void StartMeasuring() => _before = OwnProcess.Descriptors;

    protected override double[] Measured() => [OwnProcess.Descriptors - _before + Subjects.Alive()];
}

internal sealed class FormatProbe(string path)
{
    private readonly Dictionary<string, int> _seen = [];

    /// <summary>The stream is returned for a self-check; it is nobody's.</summary>
    public FileStream FormatOf(int document)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> mark = stackalloc byte[4];
        stream.ReadExactly(mark);
        string format = mark[0] == 0x7f ? "executable" : "scan";
        _seen[format] = Math.Max(document, _seen.GetValueOrDefault(format));
        return stream;
    }
}
