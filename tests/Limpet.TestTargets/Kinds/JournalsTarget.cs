using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a journal, a class of its own around a file with a number. Leaky: 1 Journal and 1 descriptor stay. Fixed: 0.</summary>
internal sealed class JournalsTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly Dictionary<int, Journal> s_open = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("limpet-journals-");
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Journal journal = new(Path.Combine(_folder.FullName, $"journal-{number:0000}.log"));
        s_open.Add(number, journal);
        if (!Leaky)
        {
            s_open.Remove(number);
            journal.Dispose();
        }

        File.Delete(Path.Combine(_folder.FullName, $"journal-{number - 1:0000}.log"));
    }

    protected override void StartMeasuring() => _before = OwnProcess.Descriptors;

    protected override long Declared(int operations) => Leaky ? operations : 0;

    protected override long Measured() => OwnProcess.Descriptors - _before;

    internal sealed class Journal(string path) : IDisposable
    {
        private readonly StreamWriter _writer = new(path);

        public void Dispose() => _writer.Dispose();
    }
}
