using Limpet.Results;
using Limpet.Text;

namespace Limpet.Capture.Native;

/// <summary>A file that somebody named, and the words for one that cannot be used.</summary>
/// <param name="path">The file.</param>
/// <param name="again">What to do when its content turns out to be wrong: how to make a new one.</param>
internal sealed class NamedFile(string path, string again)
{
    public string Path => path;

    /// <summary>The file cannot be used, and why.</summary>
    public LimpetException Unreadable(string what, string? nextStep = null, Exception? inner = null, Trouble trouble = Trouble.BadInput)
    {
        string message = $"Cannot read {Escaping.Show(path)}: {what} {nextStep ?? again}";
        return inner is null ? new LimpetException(trouble, message) : new LimpetException(trouble, message, inner);
    }
}
