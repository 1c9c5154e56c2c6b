namespace Limpet.Results;

/// <summary>Timers that call the same.</summary>
/// <param name="Calls">What they call or what they belong to, such as <c>Task.Delay</c> or <c>Shop.Ticker.Tick</c>.</param>
/// <param name="Schedule">When they fire, such as <c>every 5 s</c>; null where the capture did not read it.</param>
/// <param name="Count">How many.</param>
public sealed record TimerGroup(string Calls, string? Schedule, long Count);
