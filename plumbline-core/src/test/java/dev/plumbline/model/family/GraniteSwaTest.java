package dev.plumbline.model.family;

class GraniteSwaTest extends FamilyContractTest {

    @Override
    String family() {
        return "granite_swa";
    }
}
