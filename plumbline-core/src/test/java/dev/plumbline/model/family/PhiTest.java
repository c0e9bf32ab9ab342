package dev.plumbline.model.family;

class PhiTest extends FamilyContractTest {

    @Override
    String family() {
        return "phi";
    }
}
