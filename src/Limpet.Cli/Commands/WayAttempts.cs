using System.Collections.Immutable;
using Limpet.Capture;
using Limpet.Capture.Dumps;
using Limpet.Capture.Files;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>Tries the ways to a heap one after the other.</summary>
internal static class WayAttempts
{
    /// <summary>The first one that is not refused; each that is says why before the next one is tried.</summary>
    /// <param name="ways">The ways, the best one first.</param>
    /// <param name="capture">Tries one; it is told whether it is tried instead of another one.</param>
    /// <param name="output">Where to say why.</param>
    /// <param name="refusals">Where the reasons are added; null where nobody asks for them afterwards.</param>
    /// <exception cref="LimpetException">All of them are refused, and why each is.</exception>
    public static T First<T>(ImmutableArray<CaptureWay> ways, Func<CaptureWay, bool, T> capture, CommandOutput output, List<string>? refusals = null)
    {
        List<string> unsaid = [];
        for (int index = 0; ; index++)
        {
            try
            {
                return capture(ways[index], index > 0);
            }
            catch (LimpetException refusal) when (index < ways.Length - 1 && MayGoOn(ways[index], refusal))
            {
                output.Say(refusal.Message);
                refusals?.Add(refusal.Message);
                if (output.Quiet)
                {
                    unsaid.Add(refusal.Message);
                }
            }
            catch (LimpetException last) when (unsaid.Count > 0)
            {
                throw new LimpetException(last.Trouble, string.Join(' ', [.. unsaid, last.Message]), last);
            }
        }
    }

    /// <summary>Whether another way may do where one is refused. Where reading its memory would stop a process too long, everything else would stop it for longer.</summary>
    private static bool MayGoOn(CaptureWay way, LimpetException refusal) =>
        HeapAccess.IsTraceRefused(refusal) || RuntimeDump.IsRefused(refusal) || (way == CaptureWay.Dump && StallRefusedException.Explains(refusal));
}
