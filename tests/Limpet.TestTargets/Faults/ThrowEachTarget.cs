namespace Limpet.TestTargets;

/// <summary>Each operation throws; the answer is a line "error …". No operation succeeds.</summary>
internal sealed class ThrowEachTarget : Target
{
    public override string Answer(string line, int number)
    {
        try
        {
            Operate(number);
            return $"done {number}";
        }
        catch (InvalidOperationException e)
        {
            return $"error {e.Message}";
        }
    }

    public override void Operate(int number) => throw new InvalidOperationException($"operation {number} is refused");
}
