package dev.plumbline.model.family;

class Ernie45MoeTest extends FamilyContractTest {

    @Override
    String family() {
        return "ernie4_5_moe";
    }
}
