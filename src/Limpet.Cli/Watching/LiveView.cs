using System.Runtime.InteropServices;
using System.Text;
using Limpet.Capture.Children;
using Limpet.Cli.Hunting.Target;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching;

/// <summary>
/// A table of the processes that changes, with the course of their memory and bars for the budgets. Only on a terminal that nobody else writes to. It has the terminal's
/// other screen, as editors and pagers do: what was on the terminal before is there again afterwards, and a change of its size leaves nothing behind.
/// </summary>
internal sealed class LiveView : IWatchView
{
    private const string Enter = "\u001b[?1049h\u001b[?25l\u001b[?7l"; // other screen, no cursor, no wrapping of long lines
    private const string Leave = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private const string Home = "\u001b[H", RestOfLine = "\u001b[K", RestOfScreen = "\u001b[J";
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private readonly WatchOptions options;
    private readonly TextWriter terminal;
    private readonly AutoResetEvent changed = new(false);
    private readonly Lock gate = new();
    private readonly PosixSignalRegistration[] signals;
    private readonly Thread thread;
    private LiveFigures? figures;
    private string said = "";
    private bool ended;
    private bool closed;
    private bool shown;
    private bool paused;
    private TimeSpan next;

    public LiveView(WatchOptions options)
    {
        (this.options, terminal) = (options, Console.Error);
        signals = OperatingSystem.IsWindows()
            ? []
            :
            [
                PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => Wake()),
                PosixSignalRegistration.Create(PosixSignal.SIGTSTP, Suspend),
                PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Pause(false)),
            ];
        // A terminal may be stopped by its user: readings must not wait for it.
        thread = new Thread(Draw) { IsBackground = true, Name = "limpet draws" };
        thread.Start();
    }

    /// <summary>Whether the terminal at standard error can do what this needs.</summary>
    public static bool IsPossible => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    public void Show(WatchTree tree, TreeFigures peak, TimeSpan now)
    {
        if (now < next)
        {
            return;
        }

        next = now + Every;
        figures = LiveFigures.Of(tree, peak, now, options) with { Said = said };
        changed.Set();
    }

    public void Say(string text) => said = $"limpet: {Escaping.Show(text, 600)}";

    public void Dispose()
    {
        if (ended)
        {
            return;
        }

        Volatile.Write(ref ended, true);
        changed.Set();
        thread.Join();
        Hide(); // while a Ctrl-Z still knows what to do
        foreach (PosixSignalRegistration signal in signals)
        {
            signal.Dispose();
        }

        lock (gate)
        {
            // A signal that came before may be handled yet.
            closed = true;
            changed.Dispose();
        }
    }

    private void Draw()
    {
        while (changed.WaitOne() && !Volatile.Read(ref ended))
        {
            if (figures is { } now)
            {
                Draw(LiveScreen.Lines(now, TerminalSize.OfError()));
            }
        }
    }

    private void Draw(IReadOnlyList<string> lines)
    {
        StringBuilder text = new();
        for (int line = 0; line < lines.Count; line++)
        {
            // No line break behind the last line: it would move the screen.
            text.Append(line == 0 ? Home : "\r\n").Append(lines[line]).Append(RestOfLine);
        }

        lock (gate)
        {
            if (paused)
            {
                return;
            }

            terminal.Write((shown ? "" : Enter) + text + RestOfScreen);
            terminal.Flush();
            shown = true;
        }
    }

    /// <summary>A Ctrl-Z gives the terminal to the shell until the job goes on. Who handles the signal must stop by itself.</summary>
    private void Suspend(PosixSignalContext context)
    {
        context.Cancel = true;
        Pause(true);
        ProcessSignal.StopSelf();
    }

    private void Pause(bool pause)
    {
        lock (gate)
        {
            paused = pause;
            if (pause)
            {
                Hide();
            }
        }

        Wake();
    }

    private void Wake()
    {
        lock (gate)
        {
            if (!closed)
            {
                changed.Set();
            }
        }
    }

    /// <summary>Gives the terminal back as it was.</summary>
    private void Hide()
    {
        lock (gate)
        {
            if (shown)
            {
                shown = false;
                terminal.Write(Leave);
                terminal.Flush();
            }
        }
    }
}
