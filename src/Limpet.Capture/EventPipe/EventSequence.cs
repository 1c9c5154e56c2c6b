namespace Limpet.Capture.EventPipe;

/// <summary>The runtime numbers the events of a heap walk, kind by kind, from 0 on: a number that is left out is an event that was lost.</summary>
internal struct EventSequence
{
    private uint next;

    /// <summary>How many were lost before the last one that came.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes in the number of an event. False for one of another walk, which has begun at 0 again.</summary>
    public bool Take(uint index)
    {
        if (index < next)
        {
            return false;
        }

        Lost += index - next;
        next = index + 1;
        return true;
    }
}
