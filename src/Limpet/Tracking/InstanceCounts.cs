namespace Limpet.Tracking;

/// <summary>How many objects came and went since a detector was started. Nothing is clamped: many that come and go are no leak, and are seen all the same.</summary>
/// <param name="Born">Objects that were tracked.</param>
/// <param name="Died">Tracked objects that were collected; among them may be some that were tracked before the start.</param>
/// <param name="Alive">Tracked objects that are there, those from before the start among them.</param>
public readonly record struct InstanceCounts(long Born, long Died, long Alive)
{
    /// <summary>By how much the number of live objects changed since the start; negative when more died than were born.</summary>
    public long Change => Born - Died;
}
