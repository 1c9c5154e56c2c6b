using Limpet.Capture.Native;

namespace Limpet.Capture.Children;

/// <summary>How much room a terminal has.</summary>
/// <param name="Columns">Characters in a line.</param>
/// <param name="Rows">Lines.</param>
public readonly record struct TerminalSize(int Columns, int Rows)
{
    private const int StandardError = 2;
    private const nuint GetWindowSize = 0x5413; // TIOCGWINSZ

    /// <summary>What a terminal has that does not say.</summary>
    public static TerminalSize Usual => new(80, 24);

    /// <summary>The size that the terminal at standard error has now; it changes whenever its user likes.</summary>
    public static unsafe TerminalSize OfError()
    {
        ushort* size = stackalloc ushort[4]; // struct winsize: rows, columns, pixels
        return Spawn.WindowSize(StandardError, GetWindowSize, size) == 0 && size[0] > 0 && size[1] > 0 ? new TerminalSize(size[1], size[0]) : Usual;
    }
}
