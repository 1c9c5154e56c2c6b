namespace Limpet.TestTargets;

/// <summary>What a leak target retains: 1 object with 1 array, 1,056 bytes.</summary>
internal sealed class Subject
{
    private readonly byte[] _payload = new byte[1_000];

    public Subject(int number)
    {
        Number = number;
        Subjects.Add(this);
    }

    public int Number { get; }

    public int Weight => _payload.Length;
}
